import { Button, Radio, RadioGroup, Switch } from 'react-aria-components';
import { useDesk, useSettings } from '../actions/index.ts';
import { buttonsOf, dragJobs, grips, mouseProfiles } from '../cornerstone/index.ts';
import { DialogFrame } from './DialogFrame.tsx';
import { KeySettings } from './KeySettings.tsx';
import './settings.css';

const themes = [
  { value: 'dark', title: 'Dark' },
  { value: 'light', title: 'Light' },
  { value: 'system', title: 'As the system' },
] as const;

/** Ctrl+comma: mouse, keys and theme. What is chosen acts at once and is kept. */
export function SettingsDialog() {
  return (
    <DialogFrame name="settings" title="Settings" size="wide">
      <div className="settings">
        <div className="settings-column">
          <MouseSettings />
          <ThemeSettings />
        </div>
        <KeySettings />
      </div>
    </DialogFrame>
  );
}

function MouseSettings() {
  const { settings } = useDesk();
  const profile = useSettings((state) => state.mouseProfile);
  const own = useSettings((state) => state.buttons);
  const loupe = useSettings((state) => state.loupe);
  const buttons = buttonsOf(profile, own);
  const changed = Object.keys(own).length > 0;
  return (
    <section>
      <h3>Mouse</h3>
      <RadioGroup
        className="choices"
        aria-label="Mouse profile"
        value={mouseProfiles.some(({ name }) => name === profile) ? profile : 'standard'}
        onChange={(name) => settings.change({ mouseProfile: name, buttons: {} })}
      >
        {mouseProfiles.map(({ name, title }) => (
          <Radio key={name} value={name} className="choice">
            {title}
          </Radio>
        ))}
      </RadioGroup>
      <div className="button-jobs">
        {grips.map(({ grip, title }) => (
          <label key={grip}>
            <span>{title}</span>
            <select
              className="text-input"
              value={buttons[grip]}
              onChange={(event) => settings.change({ buttons: { ...own, [grip]: event.currentTarget.value } })}
            >
              {dragJobs.map((one) => (
                <option key={one.job} value={one.job}>
                  {one.title}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
      <p className="quiet">Drags with no tool chosen. The wheel scrolls, with Ctrl it zooms.</p>
      <Button className="button" isDisabled={!changed} onPress={() => settings.change({ buttons: {} })}>
        Buttons of the profile
      </Button>
      <Switch className="switch" isSelected={loupe} onChange={(on) => settings.change({ loupe: on })}>
        <span className="switch-track" aria-hidden />
        Loupe beside a dragged handle
      </Switch>
    </section>
  );
}

function ThemeSettings() {
  const { settings } = useDesk();
  const theme = useSettings((state) => state.theme);
  return (
    <section>
      <h3>Theme</h3>
      <RadioGroup
        className="choices"
        aria-label="Theme"
        orientation="horizontal"
        value={theme}
        onChange={(value) => {
          const chosen = themes.find((one) => one.value === value);
          if (chosen !== undefined) settings.change({ theme: chosen.value });
        }}
      >
        {themes.map(({ value, title }) => (
          <Radio key={value} value={value} className="choice">
            {title}
          </Radio>
        ))}
      </RadioGroup>
      <p className="quiet">Images stay on black in every theme.</p>
    </section>
  );
}
