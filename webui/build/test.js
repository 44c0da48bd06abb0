// Runs every test of the browser code and of the client in sdk/js; prints only what fails.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const folders = ['../src/test/js', '../../sdk/js/test'].map(name => join(import.meta.dirname, name)).filter(existsSync);
const files = folders.flatMap(folder => readdirSync(folder).filter(name => name.endsWith('.test.js')).map(name => join(folder, name)));
const run = spawnSync(process.execPath, ['--test', '--test-reporter=tap', ...files], { encoding: 'utf8' });
if (run.status !== 0) {
    process.stdout.write(run.stdout);
    process.stderr.write(run.stderr);
    process.exit(1);
}
console.log(run.stdout.split('\n').filter(line => /^# (tests|pass) /.test(line)).join(', ').replaceAll('# ', ''));
