import { ChevronLeft, ChevronRight } from 'lucide-react';
import { Slider, SliderThumb, SliderTrack } from 'react-aria-components';
import { partsOf, showPart, useDesk, useSession } from '../actions/index.ts';
import type { ViewName } from '../cornerstone/types.ts';
import { sentenceOf } from '../host/index.ts';
import { say, seriesByKey, isOfPlanes } from '../state/index.ts';
import { IconButton } from '../ui/IconButton.tsx';
import './partSlider.css';

/** Through the parts (phases) of one series, at the same place and window. Stays while the next part is coming. */
export function PartSlider({ name }: { readonly name: ViewName }) {
  const desk = useDesk();
  const series = useSession((state) => seriesByKey(state, state.shown[name]));
  const all = useSession((state) => state.series);
  const offered = useSession(
    ({ layout, full }) => name !== '3D' && (!isOfPlanes(layout) || name === (full ?? 'Axial')),
  );
  if (series === null || !offered) return null;
  const parts = partsOf(all, series);
  const at = parts.findIndex(({ key }) => key === series.key);
  if (parts.length < 2) return null;
  const show = (index: number): void => {
    const part = parts[index];
    if (part === undefined) return;
    desk.session.setState({ active: name });
    showPart(desk, part).catch((thrown: unknown) => say(desk.session, { tone: 'warning', ...sentenceOf(thrown) }));
  };
  return (
    <div className="part-slider" data-control role="group" aria-label="Parts of the series">
      <IconButton small name="Previous part" keys="," disabled={at <= 0} onPress={() => show(at - 1)}>
        <ChevronLeft aria-hidden />
      </IconButton>
      <Slider
        className="part-track"
        aria-label="Part"
        minValue={0}
        maxValue={parts.length - 1}
        step={1}
        value={at}
        onChange={show}
      >
        <SliderTrack className="part-rail">
          <SliderThumb className="part-thumb" />
        </SliderTrack>
      </Slider>
      <IconButton small name="Next part" keys="." disabled={at >= parts.length - 1} onPress={() => show(at + 1)}>
        <ChevronRight aria-hidden />
      </IconButton>
      <span className="part-name numbers" role="status">
        {at + 1} of {parts.length}: {series.part}
      </span>
    </div>
  );
}
