/** The present matrix of machines and images, as a file for spreadsheets. */
import type { APIRoute } from 'astro';
import { matrixCsv } from '../../compat/index.ts';

export const GET: APIRoute = () => new Response(matrixCsv(), { headers: { 'Content-Type': 'text/csv; charset=utf-8' } });
