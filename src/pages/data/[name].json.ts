/** What playgrounds fetch when a reader first acts: hosts and mechanisms, errors, history. */
import type { APIRoute } from 'astro';
import { KNOWN_FILES, knownFile } from '../../known/index.ts';

export const getStaticPaths = () => KNOWN_FILES.map((name) => ({ params: { name } }));

export const GET: APIRoute = ({ params }) => new Response(knownFile(params['name'] ?? ''), { headers: { 'Content-Type': 'application/json; charset=utf-8' } });
