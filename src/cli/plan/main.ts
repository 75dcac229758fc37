import 'reflect-metadata';
import { runCommand } from '../run-command.js';
import { plan } from './plan-command.js';

await runCommand(plan, process);
