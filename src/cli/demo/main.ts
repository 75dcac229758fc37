import 'reflect-metadata';
import { runCommand } from '../run-command.js';
import { demo } from './demo-command.js';

await runCommand(demo, process);
