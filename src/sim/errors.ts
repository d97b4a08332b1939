/** The one error that a model throws. Its message is a sentence for the reader, never for a stack trace. */
export class SimError extends Error {
  override readonly name = 'SimError';
}
