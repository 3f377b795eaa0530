import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';

const Report = z.object({ diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })) });

/** Lints all files under a root by its `.oxlintrc.json`; answers with the rule and file of each complaint. */
export const lint = (root: string): Promise<{ rule: string; file: string }[]> =>
  new Promise((resolve, reject) => {
    const tool = join(root, 'node_modules/oxlint/bin/oxlint');
    const args = [tool, '--type-aware', '--format', 'json'];
    execFile(process.execPath, args, { cwd: root, maxBuffer: 64e6 }, (_, stdout, stderr) => {
      if (!stdout.startsWith('{')) return reject(new Error(`oxlint failed: ${stderr || stdout}`));
      const { diagnostics } = Report.parse(JSON.parse(stdout));
      resolve(diagnostics.map(({ code, filename }) => ({ rule: code, file: filename })));
    });
  });
