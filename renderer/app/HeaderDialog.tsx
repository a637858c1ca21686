import { Copy } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import {
  Button,
  GridList,
  GridListItem,
  Input,
  ListLayout,
  SearchField,
  Virtualizer,
  type Selection,
} from 'react-aria-components';
import { currentImage, useDesk, useSession, type CurrentImage } from '../actions/index.ts';
import type { Output } from '../../src/contract/index.ts';
import { isAbort, sentenceOf } from '../host/index.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { counted } from '../ui/text.ts';
import { DialogFrame } from './DialogFrame.tsx';
import { findRows, headerRows, rowsText, type HeaderRow } from './headerRows.ts';
import { StudyFacts } from './StudyFacts.tsx';
import './header.css';

type Answer =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'fault'; readonly say: string }
  | { readonly kind: 'header'; readonly header: Output<'header'> };

/** H: all that the file of the current image says of itself. */
export function HeaderDialog() {
  return (
    <DialogFrame name="header" title="Image header" size="wide header-modal">
      <HeaderView />
    </DialogFrame>
  );
}

function HeaderView() {
  const desk = useDesk();
  const namesHidden = useSession((state) => state.namesHidden);
  // The image that was on screen when the view was asked for.
  const [image] = useState(() => currentImage(desk));
  const answer = useHeader(image);
  const [search, setSearch] = useState('');
  const [selection, setSelection] = useState<Selection>(new Set());
  const [said, setSaid] = useState('');
  const elements = answer.kind === 'header' ? answer.header.elements : null;
  const rows = useMemo(() => headerRows(elements ?? [], namesHidden), [elements, namesHidden]);
  const found = useMemo(() => findRows(rows, search), [rows, search]);
  const copy = (some: readonly HeaderRow[]): void => {
    navigator.clipboard.writeText(rowsText(some)).then(
      () => setSaid(`${counted(some.length, 'line', 'lines')} copied.`),
      () => setSaid('The clipboard refused the text.'),
    );
  };
  // Ctrl+C, where no text is marked by the mouse: the chosen lines.
  useEffect(() => {
    const onCopy = (event: ClipboardEvent): void => {
      const chosen = selection === 'all' ? found : found.filter(({ id }) => selection.has(id));
      if (chosen.length === 0 || isTextMarked()) return;
      event.clipboardData?.setData('text/plain', rowsText(chosen));
      event.preventDefault();
      setSaid(`${counted(chosen.length, 'line', 'lines')} copied.`);
    };
    document.addEventListener('copy', onCopy);
    return () => document.removeEventListener('copy', onCopy);
  }, [found, selection]);
  return (
    <>
      {image === null ? null : <StudyFacts image={image} />}
      <div className="header-tools">
        <SearchField aria-label="Search the header" value={search} onChange={setSearch} autoFocus>
          <Input className="text-input" placeholder="Search by name, tag or value" />
        </SearchField>
        <span className="quiet numbers" role="status">
          {said === '' ? countText(answer, rows.length, found.length) : said}
        </span>
        <Button className="button" isDisabled={found.length === 0} onPress={() => copy(found)}>
          <Copy aria-hidden size={14} /> {search.trim() === '' ? 'Copy all' : 'Copy found'}
        </Button>
      </div>
      {answer.kind === 'fault' ? (
        <p className="header-fault" role="alert">
          {answer.say}
        </p>
      ) : (
        <div className="header-rows">
          <Virtualizer layout={ListLayout} layoutOptions={{ rowHeight: 26 }}>
            <GridList
              className="header-list"
              aria-label="Elements"
              items={found}
              selectionMode="multiple"
              escapeKeyBehavior="none"
              selectionBehavior="replace"
              selectedKeys={selection}
              onSelectionChange={setSelection}
              renderEmptyState={() => (
                <p className="side-empty">{answer.kind === 'waiting' ? 'Reading…' : 'No element has these words.'}</p>
              )}
            >
              {(row) => <HeaderLine row={row} onCopy={() => copy([row])} />}
            </GridList>
          </Virtualizer>
        </div>
      )}
    </>
  );
}

function HeaderLine({ row, onCopy }: { readonly row: HeaderRow; readonly onCopy: () => void }) {
  const { tag, keyword, vr, value, cut, creator, bytes } = row.element;
  const name = keyword === '' ? (creator === undefined ? 'private or unknown' : `private, ${creator}`) : keyword;
  return (
    <GridListItem id={row.id} className="header-line" textValue={row.text}>
      <span className="header-tag numbers" style={{ paddingLeft: `${row.level * 10}px` }}>
        {tag}
      </span>
      <span className={keyword === '' ? 'header-name quiet' : 'header-name'} title={name}>
        {name}
      </span>
      <span className="quiet">{vr}</span>
      <span className="header-value numbers" title={value}>
        {value}
        {cut ? <span className="quiet"> … {bytes === null ? '' : counted(bytes, 'byte', 'bytes')}</span> : null}
      </span>
      <IconButton small name={`Copy ${keyword === '' ? tag : keyword}`} hint="Copy this line" onPress={onCopy}>
        <Copy aria-hidden />
      </IconButton>
    </GridListItem>
  );
}

function useHeader(image: CurrentImage | null): Answer {
  const { client } = useDesk();
  const token = image?.instance.source ?? null;
  const [answer, setAnswer] = useState<Answer>(
    token === null ? { kind: 'fault', say: 'No image is on screen.' } : { kind: 'waiting' },
  );
  useEffect(() => {
    if (token === null) return undefined;
    const abort = new AbortController();
    client.call('header', { token }, abort.signal).then(
      (header) => setAnswer({ kind: 'header', header }),
      (thrown: unknown) => {
        if (!abort.signal.aborted && !isAbort(thrown)) setAnswer({ kind: 'fault', say: sentenceOf(thrown).say });
      },
    );
    return () => abort.abort();
  }, [client, token]);
  return answer;
}

function isTextMarked(): boolean {
  const field = document.activeElement;
  if (field instanceof HTMLInputElement && field.selectionStart !== field.selectionEnd) return true;
  return window.getSelection()?.isCollapsed === false;
}

function countText(answer: Answer, all: number, found: number): string {
  if (answer.kind !== 'header') return '';
  const { leftOut, whole } = answer.header;
  const parts = [found === all ? counted(all, 'element', 'elements') : `${found} of ${all} elements`];
  if (leftOut > 0) parts.push(`${counted(leftOut, 'more is', 'more are')} left out`);
  if (!whole) parts.push('the header is damaged: the rest is missing');
  return parts.join(', ');
}
