export { default } from 'antd/locale/en_US.js';
