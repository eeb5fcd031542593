import { describe, expect, test } from 'vitest';
import { isLink } from '../../../../src/project/workflows/graph.ts';
import { bindRecipe } from '../../../../src/project/workflows/bind.ts';
import type { Lora } from '../../../../src/protocol/recipe.ts';
import { someRecipe } from '../../../helpers/recipes.ts';
import { shippedWorkflow } from '../../../helpers/role-changes.ts';

const SPRITE = shippedWorkflow('sprite-sdxl');

/** The graph's encoder of the prompt with everything above it, as ComfyUI's cache knows it: classes and values, no ids. */
function textOf(loras: Lora[]): unknown {
  const recipe = someRecipe({ workflow: SPRITE.name, graph: SPRITE.digest, loras });
  const graph = bindRecipe(SPRITE, recipe, { savePrefix: 'x', initImage: null });
  const above = (id: string): unknown => {
    const node = graph[id];
    const inputs = Object.entries(node?.inputs ?? {}).map(([name, value]) =>
      isLink(value) ? [name, above(value[0]), value[1]] : [name, value],
    );
    return [node?.class_type, inputs];
  };
  const [positive = ''] = SPRITE.roles.positive ?? [];
  return above(positive);
}

describe('the encoded prompt of contenders on one checkpoint', () => {
  const alone = textOf([]);

  test('is shared by LoRAs of no strength on the text encoder', () => {
    expect(textOf([{ name: 'a', strength: 1, clipStrength: 0 }])).toEqual(alone);
    expect(
      textOf([
        { name: 'a', strength: 1, clipStrength: 0 },
        { name: 'b', strength: 0.5, clipStrength: 0 },
      ]),
    ).toEqual(alone);
  });

  test('is its own with a LoRA that changes the text encoder, whatever lies before or behind', () => {
    const silent = { name: 'a', strength: 1, clipStrength: 0 };
    const loud = { name: 'b', strength: 0.5 };
    expect(textOf([loud])).not.toEqual(alone);
    const before = JSON.stringify(textOf([silent, loud]));
    const behind = JSON.stringify(textOf([loud, silent]));
    for (const text of [before, behind]) expect(text).toContain('"b"');
    // Behind the loud one the silent one is no part of the text; before it, its model input is.
    expect(behind).toBe(JSON.stringify(textOf([loud])));
  });
});
