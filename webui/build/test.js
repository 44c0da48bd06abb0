// Runs every test of the browser code; prints only what fails.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../src/test/js');
const files = readdirSync(folder).filter(name => name.endsWith('.test.js')).map(name => join(folder, name));
const run = spawnSync(process.execPath, ['--test', '--test-reporter=tap', ...files], { encoding: 'utf8' });
if (run.status !== 0) {
    process.stdout.write(run.stdout);
    process.stderr.write(run.stderr);
    process.exit(1);
}
console.log(run.stdout.split('\n').filter(line => /^# (tests|pass) /.test(line)).join(', ').replaceAll('# ', ''));
