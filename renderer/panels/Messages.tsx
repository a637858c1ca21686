import { CircleAlert, Info, TriangleAlert, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useDesk, useSession } from '../actions/index.ts';
import { dismiss, type Message } from '../state/index.ts';
import { IconButton } from '../ui/IconButton.tsx';

const icons = { info: Info, warning: TriangleAlert, error: CircleAlert } as const;

/** How long a word that asks for nothing stays, ms. Warnings and errors stay until they are dismissed or untrue. */
const infoMs = 15_000;

/** Sentences for the person, beside the images: never over them, and never moving them under the hand. */
export function Messages() {
  const messages = useSession((state) => state.messages);
  return (
    <ul className="messages" aria-live="polite" aria-label="Messages">
      {messages.map((message) => (
        <MessageLine key={message.id} message={message} />
      ))}
    </ul>
  );
}

function MessageLine({ message: { id, tone, say, remedy } }: { readonly message: Message }) {
  const desk = useDesk();
  const line = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (tone !== 'info') return undefined;
    const timer = setInterval(() => {
      // Not while somebody reads it with the mouse or is on its button.
      if (line.current?.matches(':hover, :focus-within') !== true) dismiss(desk.session, id);
    }, infoMs);
    return () => clearInterval(timer);
  }, [desk, id, tone]);
  const Icon = icons[tone];
  return (
    <li ref={line} className="message" data-tone={tone}>
      <Icon aria-hidden size={16} />
      <span>
        {say} {remedy === undefined ? null : <span className="quiet">{remedy}</span>}
      </span>
      <IconButton small name="Dismiss" onPress={() => dismiss(desk.session, id)}>
        <X aria-hidden />
      </IconButton>
    </li>
  );
}
