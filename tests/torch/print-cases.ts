import { torchInput } from './cases';

/** Prints the cases as JSON, for generate.py. */
process.stdout.write(JSON.stringify(torchInput()));
