/** The policy in each page: that it covers every inline script of that page and no other. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { withPolicy } from '../../src/hosting/csp.ts';

const head = (rest: string) => `<!DOCTYPE html><html><head><meta charset="utf-8">${rest}</head><body></body></html>`;
const hash = (code: string) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`;
const policyOf = (html: string) => /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(withPolicy(html, 'page.html'))?.[1] ?? '';

describe('the policy', () => {
  test('stands right after the charset, before any script', () => {
    const html = withPolicy(head('<script>a()</script>'), 'page.html');
    expect(html).toMatch(/<meta charset="utf-8"><meta http-equiv="Content-Security-Policy"/);
    expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<script'));
  });

  test('lists inline scripts and modules byte for byte, each once', () => {
    const policy = policyOf(head('<script>a()</script><script type="module">\nb()\n</script><script>a()</script>'));
    expect(policy.match(/'sha256-/g)).toHaveLength(2);
    expect(policy).toContain(hash('a()'));
    expect(policy).toContain(hash('\nb()\n'));
  });

  test('lists neither files nor data', () => {
    const policy = policyOf(head('<script src="/x.js"></script><script type="application/ld+json">{}</script>'));
    expect(policy).not.toContain('sha256');
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toContain("script-src 'self' 'unsafe-inline'");
  });

  test('cannot be added where it would come too late', () => {
    expect(() => withPolicy('<html><head></head></html>', 'a.html')).toThrow('a.html has no <meta charset="utf-8">');
    expect(() => withPolicy('<script>a()</script><meta charset="utf-8">', 'a.html')).toThrow('a.html has a script before');
  });
});
