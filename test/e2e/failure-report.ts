import type { Page } from 'playwright-core';

/** Things heard that are told, the last ones. */
const HEARD = 40;

const PLACES = [
  '.quick-input-widget',
  '.notification-toast',
  '.monaco-dialog-box',
  '.tabs-container',
  '.part.statusbar',
];

async function shown(page: Page): Promise<string[]> {
  const lines: string[] = [];
  const focused = page.locator('*:focus').first();
  if ((await focused.count()) > 0) {
    const of = await focused.evaluate((element: { outerHTML: string }) => element.outerHTML);
    lines.push(`focus: ${of.slice(0, 200)}`);
  }
  for (const input of await page.locator('.quick-input-widget input.input').all()) {
    lines.push(`quick input: ${(await input.inputValue()).slice(0, 80)}`);
  }
  for (const place of PLACES) {
    for (const text of await page.locator(place).filter({ visible: true }).allInnerTexts()) {
      lines.push(`${place}: ${text.slice(0, 400).replaceAll('\n', ' | ')}`);
    }
  }
  return lines;
}

/**
 * What a window shows, for whoever reads that a test of it failed.
 * @param heard what the window told of faults
 */
export async function failureReport(page: Page, heard: readonly string[]): Promise<string> {
  const seen = await shown(page).catch((error: unknown) => [
    `the window does not answer: ${String(error)}`,
  ]);
  return [...seen, ...heard.slice(-HEARD)].join('\n');
}
