import { X } from 'lucide-react';
import { IconButton } from './IconButton.tsx';

/** Long work: what it is, how far, and its way out. */
export function Progress({
  title,
  fraction,
  onCancel,
}: {
  readonly title: string;
  readonly fraction: number | null;
  readonly onCancel?: (() => void) | undefined;
}) {
  const percent = fraction === null ? undefined : Math.round(fraction * 100);
  return (
    <div className="progress">
      <span className="numbers">{percent === undefined ? title : `${title} ${percent} %`}</span>
      <div
        className="track"
        role="progressbar"
        aria-label={title}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
      >
        <div
          className={percent === undefined ? 'bar unknown' : 'bar'}
          style={percent === undefined ? undefined : { width: `${percent}%` }}
        />
      </div>
      {onCancel === undefined ? null : (
        <IconButton small name={`Cancel: ${title}`} hint="Cancel" onPress={onCancel}>
          <X aria-hidden />
        </IconButton>
      )}
    </div>
  );
}
