import 'reflect-metadata';
import { runCommand } from '../run-command.js';
import { backfill } from './backfill-command.js';

await runCommand(backfill, process);
