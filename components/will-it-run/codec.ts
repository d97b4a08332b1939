/** Situations as link text: `1~hos.macos-hversion.14-harch.arm64-warch.amd64-draw.2~1~`. What led to a situation is not kept. */
import { changed, type Action, type Config } from '../../src/sim/compat/act.ts';
import { readSituation, writeSituation } from '../../src/sim/compat/situation.ts';
import { configCodec } from '../kit/codec.ts';

export const codec = configCodec<Config, Action>({
  version: 1,
  settle: ({ config, actions }) => actions.reduce(changed, config),
  config: ({ draw, ...situation }) => [writeSituation(situation), ...(draw === undefined ? [] : [`draw.${draw}`])].filter(Boolean).join('-'),
  readConfig: (text) => {
    const drawn = /^(?:(.*)-)?draw\.([1-9]\d?)$/.exec(text);
    const situation = readSituation(drawn ? drawn[1] ?? '' : text);
    return situation && (drawn ? { ...situation, draw: Number(drawn[2]) } : situation);
  },
});
