import './untrusted.test.ts';
