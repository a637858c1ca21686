import type { Answers, FormField } from '../../src/measurements/index.ts';
import './formFields.css';

/** Once, when the field comes; later changes of the form must not take the keyboard again. */
const takeFocus = (field: HTMLInputElement | null): void => field?.focus();

/** The questions of a kind's form; `onAnswer` with every change, `onDone` when a typed answer is left or confirmed. */
export function FormFields({
  fields,
  onAnswer,
  onDone,
  focus = false,
  disabled = false,
}: {
  readonly fields: readonly FormField[];
  readonly onAnswer: (answers: Answers) => void;
  readonly onDone?: () => void;
  /** The first field that is typed has the keyboard at once. */
  readonly focus?: boolean;
  readonly disabled?: boolean;
}) {
  const answersWith = (name: string, value: string): Answers => ({
    ...Object.fromEntries(fields.map((field) => [field.name, field.value])),
    [name]: value,
  });
  const typed = fields.find(({ type }) => type !== 'choice')?.name;
  return (
    <div className="form-fields">
      {fields.map(({ name, label, type, choices = [], unit, hint, value }) => (
        <label key={name} className="form-field">
          <span className="quiet">{label}</span>
          {type === 'choice' ? (
            <select
              aria-label={label}
              className="text-input"
              value={value}
              disabled={disabled}
              onChange={(event) => onAnswer(answersWith(name, event.target.value))}
            >
              {choices.map((choice) => (
                <option key={choice.value} value={choice.value}>
                  {choice.title}
                </option>
              ))}
            </select>
          ) : (
            <span className="form-typed">
              <input
                aria-label={label}
                className="text-input numbers"
                inputMode={type === 'number' ? 'decimal' : 'text'}
                value={value}
                maxLength={500}
                disabled={disabled}
                ref={focus && name === typed ? takeFocus : undefined}
                onChange={(event) => onAnswer(answersWith(name, event.target.value))}
                onBlur={onDone}
                onKeyDown={(event) => {
                  if (event.key === 'Enter') onDone?.();
                }}
              />
              {unit === undefined ? null : <span className="quiet">{unit}</span>}
            </span>
          )}
          {hint === undefined ? null : (
            <output className="form-hint numbers" aria-label={`${label}: meaning`}>
              {hint}
            </output>
          )}
        </label>
      ))}
    </div>
  );
}
