import './extension.test.ts';
import './commands.test.ts';
import './connection.test.ts';
