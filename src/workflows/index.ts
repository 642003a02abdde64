export { practice } from './practice/workflow';
