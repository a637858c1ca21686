/** What a launch of the browser door was asked for. */
export interface LaunchArguments {
  readonly serve: boolean;
  readonly automation: boolean;
  /** 0: any free port. */
  readonly port: number;
  readonly paths: readonly string[];
}

/** Reads `[--serve] [--port N] [--automation] [--] PATH…`; or says in one sentence what is wrong. */
export function parseLaunchArguments(
  argv: readonly string[],
): { readonly ok: true; readonly value: LaunchArguments } | { readonly ok: false; readonly say: string } {
  let serve = false;
  let automation = false;
  let port = 0;
  const paths: string[] = [];
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at] ?? '';
    if (word === '--') {
      paths.push(...argv.slice(at + 1));
      break;
    } else if (word === '--serve') serve = true;
    else if (word === '--automation') automation = true;
    else if (word === '--port' || word.startsWith('--port=')) {
      const text = word === '--port' ? (argv[(at += 1)] ?? '') : word.slice('--port='.length);
      port = Number(text);
      if (!/^\d+$/.test(text) || port > 65_535) return { ok: false, say: '--port needs a number from 0 to 65535.' };
    } else if (word.startsWith('-') && word.length > 1) return { ok: false, say: `The option ${word} is not known.` };
    else if (word === '') return { ok: false, say: 'An empty path was given.' };
    else paths.push(word);
  }
  return { ok: true, value: { serve, automation, port, paths } };
}
