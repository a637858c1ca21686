import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  Modal,
  ModalOverlay,
  SearchField,
  useFilter,
} from 'react-aria-components';
import { actionsOf, allowed, runAction, useDesk, useSession } from '../actions/index.ts';
import { MenuLine } from '../panels/index.ts';
import { grouped } from '../ui/grouped.ts';
import './dialogs.css';

/** Ctrl+K: every command by a few letters. */
export function CommandPalette() {
  const desk = useDesk();
  const open = useSession((state) => state.dialog === 'palette');
  const { contains } = useFilter({ sensitivity: 'base' });
  const close = (): void => desk.session.setState((state) => (state.dialog === 'palette' ? { dialog: null } : {}));
  const actions = open ? actionsOf(desk).filter((action) => action.id !== 'palette' && allowed(desk, action)) : [];
  return (
    <ModalOverlay
      className="backdrop"
      isDismissable
      isOpen={open}
      onOpenChange={(next) => (next ? undefined : close())}
    >
      <Modal className="modal">
        <Dialog className="dialog" aria-label="Find a command">
          <Autocomplete filter={contains}>
            <SearchField
              aria-label="Find a command"
              autoFocus
              // One press closes, also where letters were typed.
              onKeyDown={({ key }) => {
                if (key === 'Escape') close();
              }}
            >
              <Input className="text-input palette-input" placeholder="Type what you want to do" />
            </SearchField>
            <Menu
              className="palette-list"
              aria-label="Commands"
              onAction={(key) => {
                close();
                const action = actions.find(({ id }) => id === key);
                // After the dialog has given the focus back.
                if (action !== undefined) setTimeout(() => void runAction(desk, action), 0);
              }}
              renderEmptyState={() => <p className="palette-empty">No command has these letters.</p>}
            >
              {grouped(actions, ({ group }) => group).map(([group, list]) => (
                <MenuSection key={group} id={group}>
                  <Header className="menu-header">{group}</Header>
                  {list.map((action) => (
                    <MenuItem
                      key={action.id}
                      id={action.id}
                      className="menu-item"
                      textValue={`${action.title} ${group}`}
                    >
                      <MenuLine action={action} title={action.title} on={action.on?.(desk) === true} />
                    </MenuItem>
                  ))}
                </MenuSection>
              ))}
            </Menu>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
