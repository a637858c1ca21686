import { useEffect, useRef, useState } from 'react';
import { makeView, useDesk, useDrawn, useSession, useToolState, useView } from '../actions/index.ts';
import type { ViewName } from '../cornerstone/types.ts';
import { sentenceOf } from '../host/index.ts';
import { seriesByKey } from '../state/index.ts';
import { openInPane } from './dropTarget.ts';
import { PictureBadges } from './Badges.tsx';
import { Corners } from './Corners.tsx';
import { Crosshair } from './Crosshair.tsx';
import { CurvedMarks } from './CurvedMarks.tsx';
import { ItemForm } from './ItemForm.tsx';
import { ReferenceLines } from './ReferenceLines.tsx';
import { Letters } from './Letters.tsx';
import { LineCommands } from './LineCommands.tsx';
import { LinePlot } from './LinePlot.tsx';
import { PartSlider } from './PartSlider.tsx';
import { PlaceMark } from './PlaceMark.tsx';
import { PlayButton } from './PlayButton.tsx';
import { ScaleBar } from './ScaleBar.tsx';
import { SectionLumen } from './SectionLumen.tsx';
import { SectionStrip } from './SectionStrip.tsx';
import { SolidBar } from './SolidBar.tsx';
import { attachAlongHands } from './alongHands.ts';
import { attachHands } from './hands.ts';
import { attachKeyCursor } from './keyCursor.ts';
import { attachWallHands } from './wallHands.ts';
import { attachLoupe } from './loupe.ts';

/** One viewport: the engine's picture, our overlay on it, and what is written around it. */
export function ViewPane({ name }: { readonly name: ViewName }) {
  const desk = useDesk();
  const seriesKey = useSession((state) => state.shown[name]);
  const known = useSession((state) => seriesByKey(state, seriesKey) !== null);
  const active = useSession((state) => state.active === name);
  const hidden = useSession((state) => state.full !== null && state.full !== name);
  const bare = useSession((state) => state.overlaysHidden);
  const drawing = useSession((state) => state.drawing);
  const fault = useSession((state) => state.faults[name]);
  const placing = useToolState().state === 'placing';
  const view = useView(name);
  useDrawn(view);
  const section = useRef<HTMLElement>(null);
  const picture = useRef<HTMLDivElement>(null);
  const [waiting, setWaiting] = useState(false);
  const [dropping, setDropping] = useState(false);

  useEffect(() => {
    const place = picture.current;
    const series = seriesByKey(desk.session.getState(), seriesKey);
    if (place === null || series === null) return undefined;
    // An element of its own for each picture: the engine that leaves must not touch the one that comes.
    const element = document.createElement('div');
    element.className = 'engine';
    place.append(element);
    let gone = false;
    let leave = (): void => undefined;
    setWaiting(true);
    const make = async (): Promise<void> => {
      const loaded = desk.pixels.load(series);
      if (name === '3D') {
        // Slow without a graphics card, and of no use before all has come: the planes are first.
        await afterPlanes(desk, series.key, () => gone);
        if (!gone) await loaded.whenAll().catch(() => undefined);
      }
      if (gone) return;
      const made = await makeView(desk, element, name, loaded);
      const detach = desk.tool.attach(made);
      const remove = gone ? undefined : desk.views.add(made);
      leave = () => {
        remove?.();
        detach();
        made.destroy();
      };
      if (gone) leave();
    };
    make()
      .catch((thrown: unknown) => {
        if (!gone) desk.session.setState((state) => ({ faults: { ...state.faults, [name]: sentenceOf(thrown).say } }));
      })
      .finally(() => {
        if (!gone) setWaiting(false);
      });
    return () => {
      gone = true;
      desk.pointer.setState(null, true);
      leave();
      leave = () => undefined;
      element.remove();
    };
  }, [desk, name, seriesKey, known, drawing]);

  useEffect(() => {
    if (view === undefined || picture.current === null) return undefined;
    let before = '';
    const watch = new ResizeObserver(([entry]) => {
      const { width, height } = entry?.contentRect ?? { width: 0, height: 0 };
      const size = `${width}x${height}`;
      // A pane hidden behind a full one keeps its picture.
      if (width < 2 || height < 2 || size === before) return;
      if (before !== '') view.resize();
      before = size;
    });
    watch.observe(picture.current);
    return () => watch.disconnect();
  }, [view]);

  useEffect(() => {
    const pane = section.current;
    if (pane === null) return undefined;
    const detach = [attachHands, attachAlongHands, attachWallHands, attachKeyCursor, attachLoupe].map((attach) =>
      attach(desk, name, pane),
    );
    return () => {
      for (const end of detach) end();
    };
  }, [desk, name]);

  return (
    <section
      ref={section}
      className="pane"
      data-theme="dark"
      aria-label={name}
      data-view={name}
      tabIndex={0}
      hidden={hidden}
      data-active={active || undefined}
      data-placing={placing || undefined}
      data-overlays-hidden={bare || undefined}
      data-dropping={dropping || undefined}
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setDropping(true);
      }}
      onDragLeave={(event) => {
        if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)))
          setDropping(false);
      }}
      onDrop={(event) => {
        setDropping(false);
        if (event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        openInPane(desk, name, event.dataTransfer);
      }}
    >
      <div className="pane-stage">
        <div ref={picture} className="picture" />
        {view === undefined ? null : (
          <>
            <Crosshair view={view} />
            <ReferenceLines view={view} />
            <PlaceMark view={view} />
            <Letters view={view} />
            <Corners view={view} />
            <PictureBadges view={view} />
            <ScaleBar view={view} />
            <PlayButton view={view} />
            <SolidBar view={view} />
            <CurvedMarks view={view} />
            <SectionLumen view={view} />
            <ItemForm view={view} />
          </>
        )}
      </div>
      {view?.kind === 'curved' ? (
        <>
          <LinePlot view={view} />
          <LineCommands view={view} />
        </>
      ) : null}
      {view?.kind === 'section' ? <SectionStrip view={view} /> : null}
      <PartSlider name={name} />
      {view === undefined || fault !== undefined ? (
        <p className="pane-empty">
          {fault ??
            (waiting
              ? 'Loading…'
              : seriesKey === undefined
                ? 'Drag a series here, or double-click one in the list.'
                : '')}
        </p>
      ) : null}
    </section>
  );
}

/** Until the three planes of the series have their first pictures. */
function afterPlanes(desk: ReturnType<typeof useDesk>, key: string, given: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const ready = (): boolean =>
      given() ||
      desk.views.all().filter(({ kind, loaded }) => kind === 'mpr' && loaded?.series.key === key).length >= 3;
    const look = (): void => {
      if (!ready()) return;
      stop();
      setTimeout(resolve, 50);
    };
    const stop = desk.views.onChange(look);
    look();
  });
}
