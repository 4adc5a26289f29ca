// How a new model is called and described.
import { component$ } from '@builder.io/qwik';
import { TextField } from '../../component/field.tsx';
import { useText } from '../../i18n/text.ts';
import { modelTexts } from './texts.ts';

/** Writes into the form that is given. */
export const NamingFields = component$<{
  form: { name: string; description: string };
  fault: string | undefined;
}>(({ form, fault }) => {
  const text = useText(modelTexts);
  return (
    <>
      <TextField
        id="name"
        label={text('name')}
        hint={text('nameHint')}
        value={form.name}
        fault={fault}
        onInput$={(_, element) => {
          form.name = element.value;
        }}
      />
      <TextField
        id="description"
        label={text('description')}
        value={form.description}
        onInput$={(_, element) => {
          form.description = element.value;
        }}
      />
    </>
  );
});
