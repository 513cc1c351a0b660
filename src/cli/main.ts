#!/usr/bin/env node
// The process of the command `unsid`: hands arguments and streams to the program and takes its exit code.
import { runProgram } from './program.ts';
import { processTerminal } from './terminal.ts';

const terminal = processTerminal();
process.exitCode = await runProgram(process.argv.slice(2), terminal);
