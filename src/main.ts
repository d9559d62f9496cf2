#!/usr/bin/env node
import { createProgram } from './cli/program.ts';
import { runProgram } from './cli/run-program.ts';
import { isDebugging } from './config.ts';

process.exitCode = await runProgram(createProgram(), process.argv.slice(2), {
  stderr: (text) => void process.stderr.write(text),
  debug: isDebugging(),
});

// Whatever still holds the program open by now, such as a statement that does not end, is cut off.
setTimeout(() => process.exit(), 3_000).unref();
