import { useSession } from '../actions/index.ts';
import { caution } from '../../src/export/index.ts';
import { DialogFrame } from './DialogFrame.tsx';
import './dialogs.css';

/** What this program is, which version, and what it is not. */
export function AboutDialog() {
  const program = useSession((state) => state.hello?.program ?? 'seldinger');
  return (
    <DialogFrame name="about" title="About Seldinger">
      <div className="about">
        <p className="numbers">Version: {program}</p>
        <p>
          <strong>{caution}</strong>
        </p>
        <p>Display not calibrated (GSDF): grey levels depend on this screen and the light around it.</p>
        <p className="quiet">
          Licence: MIT. Made with Cornerstone3D, vtk.js, React, React Aria, Electron and others, each under its own
          licence; their texts come with the packages. Images, names and plans stay on this machine.
        </p>
      </div>
    </DialogFrame>
  );
}
