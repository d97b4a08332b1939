/** The shared simulation module: everything that playgrounds may use. */
export * from './domain.ts';
export * from './errors.ts';
export * from './model.ts';
export * from './random.ts';
export * from './run.ts';
export * from './stack-faults.ts';
