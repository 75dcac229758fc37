import { runCommand } from '../run-command.js';
import { sandbox } from './sandbox-command.js';

await runCommand(sandbox, process);
