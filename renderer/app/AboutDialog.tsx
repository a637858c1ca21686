import { X } from 'lucide-react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useDesk, useSession } from '../actions/index.ts';
import { caution } from '../../src/export/index.ts';
import { IconButton } from '../ui/IconButton.tsx';
import './dialogs.css';

/** What this program is, which version, and what it is not. */
export function AboutDialog() {
  const desk = useDesk();
  const open = useSession((state) => state.dialog === 'about');
  const program = useSession((state) => state.hello?.program ?? 'seldinger');
  const close = (): void => desk.session.setState((state) => (state.dialog === 'about' ? { dialog: null } : {}));
  return (
    <ModalOverlay
      className="backdrop"
      isDismissable
      isOpen={open}
      onOpenChange={(next) => (next ? undefined : close())}
    >
      <Modal className="modal">
        <Dialog className="dialog">
          <div className="dialog-head">
            <Heading slot="title" level={2}>
              About Seldinger
            </Heading>
            <IconButton small name="Close" keys="Esc" onPress={close}>
              <X aria-hidden />
            </IconButton>
          </div>
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
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
