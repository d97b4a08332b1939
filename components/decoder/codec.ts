/** What was decoded, as link text: `1~t.ZXhlYyBmb3JtYXQgZXJyb3I.~1~~x7q`, or `1~f.exec-format-error.script-format~1~~0hk` for a known message. */
import { ERROR_LAYERS, type ErrorLayer } from '../../src/sim/decoder/layers.ts';
import type { Action, Config } from '../../src/sim/decoder/model.ts';
import { configCodec } from '../kit/codec.ts';

// Links outlive the code: the names of layers and families are part of the format.
export const codec = configCodec<Config, Action>({
  version: 1,
  settle: ({ config, actions }) => actions.reduce(settled, config),
  config: ({ text, family, considered }) => `${family === '' ? `t.${packed(text)}` : `f.${family}`}.${considered}`,
  readConfig: (written) => {
    const [, kind, body = '', layer = ''] = /^([tf])\.([\w-]*)\.([a-z-]*)$/.exec(written) ?? [];
    const considered = layer === '' ? '' : ERROR_LAYERS.find((each) => each === layer);
    if (kind === undefined || considered === undefined) return null;
    return kind === 'f' ? ofFamily(body, considered) : ofText(body, considered);
  },
});

function settled(config: Config, action: Action): Config {
  if (action.type === 'consider') return { ...config, considered: action.layer };
  return action.type === 'read' ? { text: action.text, family: '', considered: '' } : { text: '', family: action.family, considered: '' };
}

function ofFamily(family: string, considered: ErrorLayer | ''): Config | null {
  return /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(family) ? { text: '', family, considered } : null;
}

function ofText(body: string, considered: ErrorLayer | ''): Config | null {
  const text = unpacked(body);
  return text === null ? null : { text, family: '', considered };
}

/** A text as base64url of its UTF-8. */
function packed(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The text of such a body, or null when it is not exactly what `packed` writes. */
function unpacked(body: string): string | null {
  try {
    const bytes = Uint8Array.from(atob(body.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return packed(text) === body ? text : null;
  } catch {
    return null;
  }
}
