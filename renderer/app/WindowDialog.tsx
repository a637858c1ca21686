import { useState } from 'react';
import { Button } from 'react-aria-components';
import { activeView, useDesk, windowGroup } from '../actions/index.ts';
import type { WindowLevel } from '../cornerstone/types.ts';
import { trimmed } from '../ui/text.ts';
import { DialogFrame } from './DialogFrame.tsx';
import './dialogs.css';

/** A window typed as width and level, or as the values drawn black and white. */
export function WindowDialog() {
  return (
    <DialogFrame name="window" title="Type the window">
      <WindowForm />
    </DialogFrame>
  );
}

type Name = 'width' | 'centre' | 'lower' | 'upper';
type Written = Readonly<Record<Name, string>>;

function WindowForm() {
  const desk = useDesk();
  const view = activeView(desk);
  const series = view?.loaded?.series;
  const unit = series?.modality === 'CT' ? 'HU' : '';
  const [written, setWritten] = useState<Written>(() => writtenOf(view?.state().window ?? { centre: 0, width: 1 }));
  const window = windowOf(written);
  const write = (name: Name, value: string): void => {
    const next = { ...written, [name]: value };
    const pair: WindowLevel | null =
      name === 'width' || name === 'centre' ? windowOf(next) : betweenValues(next.lower, next.upper);
    setWritten(pair === null ? next : { ...writtenOf(pair), [name]: value });
  };
  const apply = (): void => {
    if (view === undefined || window === null) return;
    for (const one of windowGroup(desk, view)) one.setWindow(window);
    desk.session.setState({ dialog: null });
  };
  const field = (name: Name, label: string) => (
    <label className="form-field">
      <span className="quiet">{label}</span>
      <span className="form-typed">
        <input
          aria-label={label}
          className="text-input numbers"
          inputMode="decimal"
          maxLength={20}
          value={written[name]}
          // The dialog was opened to type.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus={name === 'width'}
          onFocus={({ target }) => target.select()}
          onChange={({ target }) => write(name, target.value)}
          onKeyDown={({ key }) => {
            if (key === 'Enter') apply();
          }}
        />
        <span className="quiet">{unit}</span>
      </span>
    </label>
  );
  return (
    <div className="ratio-form form-fields">
      {field('width', 'Width (W)')}
      {field('centre', 'Level (L), the middle')}
      {field('lower', 'Black at')}
      {field('upper', 'White at')}
      {window === null ? (
        <p className="quiet" role="alert">
          Numbers are needed, the width above 0.
        </p>
      ) : null}
      <Button className="button" isDisabled={window === null || view === undefined} onPress={apply}>
        Set the window
      </Button>
    </div>
  );
}

function numberOf(text: string): number {
  const trimmedText = text.trim().replace(',', '.').replace('−', '-');
  return trimmedText === '' ? Number.NaN : Number(trimmedText);
}
function windowOf({ width, centre }: Written): WindowLevel | null {
  const window = { width: numberOf(width), centre: numberOf(centre) };
  return Number.isFinite(window.width) && Number.isFinite(window.centre) && window.width > 0 ? window : null;
}
function betweenValues(lower: string, upper: string): WindowLevel | null {
  const [low, high] = [numberOf(lower), numberOf(upper)];
  return Number.isFinite(low) && Number.isFinite(high) && high > low
    ? { width: high - low, centre: (high + low) / 2 }
    : null;
}
function writtenOf({ width, centre }: WindowLevel): Written {
  return {
    width: trimmed(width),
    centre: trimmed(centre),
    lower: trimmed(centre - width / 2),
    upper: trimmed(centre + width / 2),
  };
}
