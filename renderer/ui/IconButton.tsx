import type { ReactNode } from 'react';
import { Button, Tooltip, TooltipTrigger, type PressEvent } from 'react-aria-components';

/** A button with a picture, a name that a screen reader says, and a tooltip with name and key. */
export function IconButton({
  name,
  keys,
  hint,
  on,
  disabled = false,
  small = false,
  onPress,
  children,
}: {
  readonly name: string;
  readonly keys?: string | undefined;
  readonly hint?: string | undefined;
  /** Absent: no switch. */
  readonly on?: boolean | undefined;
  readonly disabled?: boolean;
  readonly small?: boolean;
  onPress(event: PressEvent): void;
  readonly children: ReactNode;
}) {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      <Button
        className={`button icon-button${small ? ' small' : ''}`}
        aria-label={name}
        isDisabled={disabled}
        onPress={onPress}
        {...(on === undefined ? {} : { 'aria-pressed': on })}
        {...(on === true ? { 'data-on': true } : {})}
      >
        {children}
      </Button>
      <Tooltip className="tooltip" placement="bottom" offset={4}>
        <span>{hint ?? name}</span>
        {keys === undefined ? null : <kbd className="key">{keys}</kbd>}
      </Tooltip>
    </TooltipTrigger>
  );
}
