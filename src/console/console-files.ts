import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file as it is sent. */
export interface ConsoleFile {
  readonly type: string;
  readonly etag: string;
  readonly bytes: Buffer;
}

/** Where the build puts the page; the same seen from the sources and from what was built of them. */
const PAGE = fileURLToPath(new URL('../../dist/console/page/', import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};
/** The plotting library, served by us as it was published. */
const VENDOR: Readonly<Record<string, string>> = {
  'vendor/uplot.js': 'uplot/dist/uPlot.esm.js',
  'vendor/uplot.css': 'uplot/dist/uPlot.min.css',
};

/** The page's files, read at their first use and kept: there are few, and they change with the program only. */
@Injectable()
export class ConsoleFiles {
  private readonly files = new Map<string, Promise<ConsoleFile | undefined>>();

  /** @param name below /console. @returns undefined where there is no such file */
  find(name: string): Promise<ConsoleFile | undefined> {
    // No folders and no dots but the ending's: whatever the name says, it stays where the files are.
    const place = VENDOR[name] ?? (/^[a-z][a-z-]{0,40}\.(html|js|css|svg)$/.test(name) ? PAGE + name : undefined);
    if (place === undefined) return Promise.resolve(undefined);
    const known = this.files.get(name);
    if (known) return known;
    const file = load(name in VENDOR ? createRequire(import.meta.url).resolve(place) : place);
    this.files.set(name, file);
    void file.then((found) => found ?? this.files.delete(name));
    return file;
  }
}

async function load(place: string): Promise<ConsoleFile | undefined> {
  try {
    const bytes = await readFile(place);
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
    return { type: TYPES[path.extname(place)] ?? 'application/octet-stream', etag, bytes };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
