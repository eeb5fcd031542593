import { describe, expect, it } from 'vitest';
import { pageHtml } from '../../../src/extension/panels/html.ts';

const options = {
  cspSource: 'https://pages.example',
  script: 'https://pages.example/page.js?a=1&b=2',
  style: 'https://pages.example/page.css',
  title: 'Sprite <1>',
  language: 'de',
  element: 'dgx-page',
  words: { hello: '"Hallo" <b>&\'' },
};

function policyOf(html: string): Map<string, string> {
  const content = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
  const plain = content.replaceAll('&#39;', "'");
  return new Map(plain.split('; ').map(rule => [rule.split(' ')[0]!, rule]));
}

describe('a page', () => {
  it('may run its own script alone, by a nonce that is new each time', () => {
    const [one, other] = [pageHtml(options), pageHtml(options)];
    const nonce = /script nonce="([^"]+)"/.exec(one)?.[1] ?? '';
    expect(nonce.length).toBeGreaterThanOrEqual(22);
    expect(other).not.toContain(nonce);
    const policy = policyOf(one);
    expect(policy.get('script-src')).toBe(`script-src 'nonce-${nonce}'`);
    expect(policy.get('default-src')).toBe("default-src 'none'");
  });

  it('allows nothing inline and no data URI', () => {
    const html = pageHtml(options);
    expect(html).not.toMatch(/unsafe-|data:/);
    expect(html).not.toMatch(/ style=| on[a-z]+=/);
  });

  it('tells the nonce where the toolkit looks for it', () => {
    const html = pageHtml(options);
    const nonce = /script nonce="([^"]+)"/.exec(html)?.[1];
    expect(html).toContain(`<meta property="csp-nonce" content="${nonce}">`);
  });

  it('hands words over whole, whatever characters they have', () => {
    const html = pageHtml(options);
    const content = /<meta id="words" content="([^"]*)">/.exec(html)?.[1] ?? '';
    const plain = content
      .replaceAll('&quot;', '"')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&');
    expect(JSON.parse(plain)).toEqual(options.words);
    expect(html).toContain('<title>Sprite &lt;1&gt;</title>');
    expect(html).toContain('page.js?a=1&amp;b=2');
  });
});
