import { CircleAlert, Info, TriangleAlert, X } from 'lucide-react';
import { useDesk, useSession } from '../actions/index.ts';
import { dismiss } from '../state/index.ts';
import { IconButton } from '../ui/IconButton.tsx';

const icons = { info: Info, warning: TriangleAlert, error: CircleAlert } as const;

/** Sentences for the person, beside the images: never over them, and never moving them under the hand. */
export function Messages() {
  const desk = useDesk();
  const messages = useSession((state) => state.messages);
  return (
    <ul className="messages" aria-live="polite" aria-label="Messages">
      {messages.map(({ id, tone, say, remedy }) => {
        const Icon = icons[tone];
        return (
          <li key={id} className="message" data-tone={tone}>
            <Icon aria-hidden size={16} />
            <span>
              {say} {remedy === undefined ? null : <span className="quiet">{remedy}</span>}
            </span>
            <IconButton small name="Dismiss" onPress={() => dismiss(desk.session, id)}>
              <X aria-hidden />
            </IconButton>
          </li>
        );
      })}
    </ul>
  );
}
