/** The author's API of <Decoder>. */
import { z } from 'zod';
import { fitsLink } from '../../src/sim/decoder/essence.ts';
import { FIRST_TEXT } from '../../src/sim/decoder/model.ts';
import { baseProps } from '../kit/props.ts';

const TOO_LONG = 'at most about 1,300 characters, so that a link can hold them: give the lines that carry the message';

export const decoderProps = baseProps.extend({
  /** The error that is decoded when the page opens. */
  text: z.string({ error: 'an error message' }).min(1, { error: 'an error message' }).refine(fitsLink, { error: TOO_LONG }).default(FIRST_TEXT),
});

export type DecoderProps = z.infer<typeof decoderProps>;
