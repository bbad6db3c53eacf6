-- People who came with the sample company.
alter table "user" add column "sample" boolean;
