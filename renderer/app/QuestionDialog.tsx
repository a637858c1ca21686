import { TriangleAlert } from 'lucide-react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useSession } from '../actions/index.ts';

/** Something that must be decided before it is done; Escape leaves everything as it is. */
export function QuestionDialog() {
  const question = useSession((state) => state.question);
  if (question === null) return null;
  const { title, say, lines, choices, answer } = question;
  return (
    <ModalOverlay className="backdrop" isOpen onOpenChange={(open) => (open ? undefined : answer(null))}>
      <Modal className="modal">
        <Dialog className="dialog question" role="alertdialog">
          <div className="dialog-head">
            <Heading slot="title" level={2}>
              <TriangleAlert aria-hidden size={16} /> {title}
            </Heading>
          </div>
          <div className="question-body">
            <p>{say}</p>
            <ul>
              {lines.map((line) => (
                <li key={line} className="numbers">
                  {line}
                </li>
              ))}
            </ul>
          </div>
          <div className="question-choices">
            <Button className="button" autoFocus onPress={() => answer(null)}>
              Cancel
            </Button>
            {choices.map(({ id, label }) => (
              <Button key={id} className="button" onPress={() => answer(id)}>
                {label}
              </Button>
            ))}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
