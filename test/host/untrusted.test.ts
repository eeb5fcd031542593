import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';

describe('in a workspace that is not trusted', () => {
  it('the extension is there, in its limited form', () => {
    assert.equal(vscode.workspace.isTrusted, false);
    assert.ok(vscode.extensions.getExtension('dgx-pixels.dgx-pixels'));
  });
});
