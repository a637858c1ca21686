import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useDesk, useSession } from '../actions/index.ts';
import type { DialogName } from '../state/index.ts';
import { IconButton } from '../ui/IconButton.tsx';
import './dialogs.css';

/** One of the session's dialogs with title and Close; Escape and a press beside it close it too. Its content lives while it is open. */
export function DialogFrame({
  name,
  title,
  size = '',
  children,
}: {
  readonly name: DialogName;
  readonly title: string;
  /** Further classes of the box: "wide". */
  readonly size?: string;
  readonly children: ReactNode;
}) {
  const desk = useDesk();
  const open = useSession((state) => state.dialog === name);
  const close = (): void => desk.session.setState((state) => (state.dialog === name ? { dialog: null } : {}));
  return (
    <ModalOverlay
      className="backdrop"
      isDismissable
      isOpen={open}
      onOpenChange={(next) => (next ? undefined : close())}
    >
      <Modal className={`modal ${size}`.trim()}>
        <Dialog className="dialog">
          <div className="dialog-head">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <IconButton small name="Close" keys="Esc" onPress={close}>
              <X aria-hidden />
            </IconButton>
          </div>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
