import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Frame, FrameLocator, Locator, Page } from 'playwright-core';
import { launchBrowser } from '../../scripts/editor/browser.ts';
import type { EditorServer } from '../../scripts/editor/server.ts';
import { until } from '../helpers/processes.ts';
import { failureReport } from './failure-report.ts';

/** Pictures that someone looks at; kept as an output of CI. */
const pictures =
  process.env['DGX_PIXELS_SCREENSHOTS'] ??
  join(import.meta.dirname, '..', '..', '.cache', 'screenshots');

/** A window of the editor, used as a person does: keys, clicks, and what is to be seen. */
export class Workbench implements AsyncDisposable {
  readonly page: Page;
  readonly #browser: Browser;
  /** Faults the page told of, and when its lines to the server closed. */
  readonly #heard: string[] = [];

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.page = page;
    const hear = (text: string) => this.#heard.push(`${new Date().toISOString()} ${text}`);
    page.on('console', line => {
      // The editor is installed without its native parts, which each window says a dozen times.
      if (/bindings file|watchdog|status of 404/.test(line.text())) return;
      if (line.type() === 'error') hear(line.text().slice(0, 300));
    });
    page.on('pageerror', error => hear(error.message));
    page.on('websocket', socket => {
      socket.on('close', () => hear('a line to the server closed'));
      socket.on('socketerror', error => hear(`a line to the server broke: ${error}`));
    });
  }

  /** @param folder absolute path to open; null for an empty window */
  static async open(server: EditorServer, folder: string | null): Promise<Workbench> {
    const browser = await launchBrowser();
    const page = await browser.newPage({ viewport: { width: 1360, height: 850 } });
    const workbench = new Workbench(browser, page);
    Workbench.#open.add(workbench);
    await page.goto(server.url(folder));
    await workbench.ready();
    return workbench;
  }

  /** Waits until the workbench can be used, after the start or a reload. */
  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
    await this.page.locator('.part.statusbar').waitFor();
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  /**
   * Runs a command from the palette by its title.
   * The palette never refreshes: opened before extensions are scanned it stays empty, hence the loop.
   */
  async command(title: string): Promise<void> {
    const rows = this.page
      .locator('.quick-input-widget .monaco-list-row')
      .filter({ hasText: title });
    const typed = `>${title}`;
    for (let attempt = 0; attempt < 40; attempt += 1) {
      await this.page.keyboard.press('Escape');
      await this.page.keyboard.press('F1');
      try {
        // A palette that is closing still takes part for a moment.
        await this.input.fill(typed, { timeout: 2000 });
        await rows.first().waitFor({ timeout: 1500 });
        // A list that moves under the pointer hears no click; Enter takes the row that stands out.
        if ((await rows.first().getAttribute('class'))?.includes('focused') === true) {
          // What opens meanwhile takes the focus, and the palette goes away.
          if (!(await this.input.isVisible())) continue;
          await this.page.keyboard.press('Enter');
        } else await rows.first().click({ timeout: 2000 });
      } catch {
        // Not known yet.
        continue;
      }
      // Gone, or what the command asks in its place: else the list was just filled anew and took no key.
      const taken = async () => !(await this.input.isVisible()) || (await this.value()) !== typed;
      if (await until('it is taken', taken, 1000).catch(() => false)) return;
    }
    throw new Error(`The palette does not offer "${title}".`);
  }

  /** Runs a command that begins with a question, again where it was lost with the palette. */
  async ask(title: string): Promise<void> {
    const asked = async () =>
      (await this.input.isVisible()) && (await this.value())?.startsWith('>') === false;
    for (let attempt = 0; attempt < 4; attempt += 1) {
      await this.command(title);
      if (await until('it asks', asked, 8_000).catch(() => false)) return;
    }
    await this.screenshot('asks-nothing');
    throw new Error(`"${title}" asks nothing.`);
  }

  /** Text of the quick input; null when it goes away. */
  private value(): Promise<string | null> {
    return this.input.inputValue({ timeout: 500 }).catch(() => null);
  }

  /** Opens a file of the workspace by its name, as Go to File does; its list fills as files are found. */
  async openFile(name: string): Promise<void> {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      await this.page.keyboard.press('Escape');
      await this.page.keyboard.press('Control+p');
      try {
        await this.input.fill(name, { timeout: 2000 });
        await this.pick(name).click({ timeout: 3000 });
        await this.page.locator('.tab', { hasText: name }).waitFor({ timeout: 3000 });
        return;
      } catch {
        // Not found yet, or the list lost the focus to something that opened.
      }
    }
    throw new Error(`${name} is not found.`);
  }

  /** The text field of the quick input at the top. */
  get input(): Locator {
    return this.page.locator('.quick-input-widget .quick-input-box input').first();
  }

  /** A row of the quick pick that is open. */
  pick(text: string | RegExp): Locator {
    return this.page
      .locator('.quick-input-widget .monaco-list-row')
      .filter({ hasText: text })
      .first();
  }

  /** Waits for the question of a quick input; the one before it looks alike and goes away a moment later. */
  async asked(text: string | RegExp): Promise<void> {
    const widget = this.page.locator('.quick-input-widget').filter({ visible: true });
    await widget.getByPlaceholder(text).or(widget.getByText(text)).first().waitFor();
  }

  /** Replaces the text of the quick input that is open. */
  async type(text: string): Promise<void> {
    await until(`the field has ${text.slice(0, 40)}`, async () => {
      await this.input.fill(text);
      return (await this.value()) === text;
    });
  }

  /** Answers the quick input that is open: replaces its text and presses Enter. */
  async answer(text: string): Promise<void> {
    await this.type(text);
    // Not to what has the focus: an editor that opens at this moment takes it.
    await this.input.press('Enter');
  }

  /** Generate Sprite… with everything but the number as proposed. */
  async generate(prompt: string, number = 1): Promise<void> {
    await this.ask('DGX-Pixels: Generate Sprite…');
    await this.asked(/What to draw/);
    await this.answer(prompt);
    if (number > 1) {
      await this.pick('Number').click({ timeout: 60_000 });
      await this.asked('Each is drawn with another seed');
      await this.answer(String(number));
    }
    await this.pick('Generate').click({ timeout: 60_000 });
  }

  /** A toast whose text matches. */
  toast(text: string | RegExp): Locator {
    return this.page.locator('.notification-toast').filter({ hasText: text }).first();
  }

  /** A status-bar item whose text matches. */
  status(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item').filter({ hasText: text }).first();
  }

  /** The page inside the n-th webview that is open. */
  webview(n = 0): FrameLocator {
    return this.page
      .locator('iframe.webview')
      .nth(n)
      .contentFrame()
      .frameLocator('iframe#active-frame');
  }

  /** The page of ours that holds a custom element. */
  frameWith(element: string): Promise<Frame> {
    return until(`a page shows ${element}`, async () => {
      for (const frame of this.page.frames()) {
        const found = await frame
          .locator(element)
          .count()
          .catch(() => 0);
        if (found > 0) return frame;
      }
      return null;
    });
  }

  /** Opens our views in the side bar. */
  async openViews(): Promise<void> {
    await this.command('DGX-Pixels: Show Queue');
    await this.page.locator('.pane-header', { hasText: 'Results' }).first().waitFor();
  }

  /** A row of a tree whose text matches. */
  row(text: string | RegExp): Locator {
    return this.page.locator('.pane-body .monaco-list-row').filter({ hasText: text }).first();
  }

  /** Chooses from the menu that is open. One that has just opened takes no click, so that none is taken by mistake. */
  async chooseFromMenu(name: string): Promise<void> {
    const item = this.page.getByRole('menuitem', { name });
    await item.waitFor();
    await until(`${name} is chosen`, async () => {
      await item.click({ timeout: 1000 }).catch(() => undefined);
      return item.waitFor({ state: 'hidden', timeout: 500 }).then(
        () => true,
        () => false,
      );
    });
  }

  /** Sets a colour theme of the editor by its name. */
  async theme(name: string): Promise<void> {
    await this.command('Preferences: Color Theme');
    await this.input.fill(name);
    await this.pick(name).click();
  }

  async screenshot(name: string): Promise<void> {
    mkdirSync(pictures, { recursive: true });
    await this.page.screenshot({ path: join(pictures, `${name}.png`) });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    Workbench.#open.delete(this);
    Workbench.#lastSeen = await this.#report();
    await this.#browser.close();
  }

  static readonly #open = new Set<Workbench>();
  static #lastSeen = '';

  /** What the windows show that are open, else what the last one showed when it closed. */
  static async reports(): Promise<string> {
    const open = await Promise.all([...Workbench.#open].map(window => window.#report()));
    return open.length > 0 ? open.join('\n\n') : Workbench.#lastSeen;
  }

  async #report(): Promise<string> {
    await this.screenshot('last-seen').catch(() => undefined);
    return failureReport(this.page, this.#heard);
  }
}
