import type { ProjectFile } from '../../project/project-file/schema.ts';
import type { Choice } from '../generate/last-choice.ts';
import { t } from '../l10n.ts';
import { BACK, pickOne } from './pick.ts';
import type { OptionItem } from './draft.ts';

/** The line that chooses among the project's presets. */
export function presetItem({ preset }: Choice, file: ProjectFile | null): OptionItem {
  const presets = Object.entries(file?.presets ?? {});
  return {
    label: `$(bookmark) ${t('Preset')}`,
    description: preset ?? t('none'),
    change: async draft => {
      const picked = await pickOne(
        [
          { label: t('None'), name: null, description: t('the project’s defaults') },
          ...presets.map(([name, { description = '' }]) => ({ label: name, name, description })),
        ],
        {
          title: t('Preset'),
          placeholder: t('Settings of .dgx-pixels/project.yaml'),
          back: true,
          active: ({ name }) => name === preset,
        },
      );
      if (picked === null || picked === BACK) return draft;
      const choice = { ...draft.choice, preset: picked.name };
      const { size } = picked.name === null ? {} : (file?.presets?.[picked.name] ?? {});
      if (size !== undefined) choice.size = [size[0], size[1]];
      return { ...draft, choice };
    },
  };
}
