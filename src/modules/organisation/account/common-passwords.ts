/** Passwords that guessing programs try first, as found at the head of published leaks; Chinese favourites included. */
const WORDS = `
password passw0rd p@ssw0rd p@ssword pa55word password1 password12 password123 password1234 password! password@123 passwort
admin admin1 admin12 admin123 admin1234 admin12345 admin123456 admin888 admin@123 administrator root root123 root1234 toor
qwerty qwerty1 qwerty12 qwerty123 qwerty1234 qwerty12345 qwertyuiop qwertyui asdfghjkl asdfghjk asdf1234 zxcvbnm zxcvbnm1
zxcvbnm123 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx 1qaz2wsx3edc 1qaz@wsx 1qazxsw2 qazwsxedc qazwsx123 qweasdzxc
qwe123456 qweqwe123 asd123456 zxc123456 aa123456 aa12345678 aaa123456 abc12345 abc123456 abc1234567 abcd1234 abcd12345
abcd123456 a1234567 a12345678 a123456789 a1b2c3d4 a1s2d3f4 q1w2e3r4 q1w2e3r4t5 123456abc 123456aa 12345678a 123456789a
123456qq qq123456 qq123456789 q123456789 123qweasd 123qwe123 123abc456 123123123 1234qwer 12344321 1234abcd 12341234
11223344 1122334455 112233445566 11112222 12121212 13131313 13141314 1314520 5201314 52013140 520131400 5201314520
0123456789 147258369 123654789 987654321 9876543210 159357456 741852963 789456123 789456123a 31415926 88888888 66668888
woaini1314 woaini520 woaini521 woaini123 woaini5201314 woainima woaiwojia wodemima mima1234 mima123456 nihao123 nihao123456
iloveyou iloveyou1 iloveyou123 sunshine princess football baseball superman batman123 dragon123 monkey123 michael1 jordan23
letmein1 letmein123 welcome1 welcome123 welcome@123 changeme changeme123 default123 guest123 test1234 test123456 testtest
demo1234 secret123 master123 login123 hello123 helloworld trustno1 starwars whatever computer internet samsung1 google123
system123 manager1 manager123 server123 oracle123 database1 windows1 linux123 huawei123 huawei@123 alibaba123 tencent123
beijing123 shanghai123 shenzhen123 hangzhou123 zhongguo china123 china1234 china2008 zhangsan lisi1234 wangwei123
guanxi123 guanxi1234 guanxi123456 crm12345 crm123456 company123 office123 summer2024 summer2025 winter2025 spring2026
`;

export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(WORDS.trim().split(/\s+/));
