import { IdCard, ImageDown, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { KeyImage } from '../../src/plan/index.ts';
import {
  deleteKeyImage,
  renameKeyImage,
  saveKeyImage,
  showKeyImage,
  useDesk,
  usePlan,
  useSession,
  type Desk,
} from '../actions/index.ts';
import { sentenceOf } from '../host/index.ts';
import { say } from '../state/index.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { NameField } from './NameField.tsx';

/** The views that were kept with K, in the order they were kept; nothing where there are none. */
export function KeyImages() {
  const { plan, readOnly } = usePlan();
  const images = plan.keyImages ?? [];
  if (images.length === 0) return null;
  return (
    <section className="key-images" aria-labelledby="key-images-heading">
      <h3 id="key-images-heading">Key images</h3>
      <ul role="list" aria-label="Key images">
        {images.map((image) => (
          <KeyImageLine key={image.id} image={image} readOnly={readOnly} />
        ))}
      </ul>
    </section>
  );
}

function KeyImageLine({ image, readOnly }: { readonly image: KeyImage; readonly readOnly: boolean }) {
  const desk = useDesk();
  const [renaming, setRenaming] = useState(false);
  const { id, label } = image;
  const description = useSession(
    ({ series }) => series.find((one) => one.seriesInstanceUID === image.seriesInstanceUID)?.description ?? 'not open',
  );
  return (
    <li className="key-image">
      {renaming ? (
        <NameField
          name="Name of the key image"
          label={label}
          kept={(text) => renameKeyImage(desk, id, text)}
          ended={() => setRenaming(false)}
        />
      ) : (
        <Button className="plan-open" onPress={() => told(desk, showKeyImage(desk, id))}>
          <span className="plan-name">
            {label} <span className="quiet">{description}</span>
          </span>
        </Button>
      )}
      <span className="plan-buttons">
        <IconButton
          small
          name={`Save ${label} without names`}
          hint="Save without names (PNG)"
          onPress={() => told(desk, saveKeyImage(desk, id, { names: false }))}
        >
          <ImageDown aria-hidden />
        </IconButton>
        <IconButton
          small
          name={`Save ${label} with the patient’s name`}
          hint="Save with the patient’s name (PNG)"
          onPress={() => told(desk, saveKeyImage(desk, id, { names: true }))}
        >
          <IdCard aria-hidden />
        </IconButton>
        <IconButton small name={`Rename ${label}`} hint="Rename" disabled={readOnly} onPress={() => setRenaming(true)}>
          <Pencil aria-hidden />
        </IconButton>
        <IconButton
          small
          name={`Delete ${label}`}
          hint="Delete"
          disabled={readOnly}
          onPress={() => deleteKeyImage(desk, id)}
        >
          <Trash2 aria-hidden />
        </IconButton>
      </span>
    </li>
  );
}

/** What goes wrong becomes a sentence. */
function told(desk: Desk, done: Promise<void>): void {
  done.catch((thrown: unknown) => say(desk.session, { tone: 'error', ...sentenceOf(thrown) }));
}
