import type { Types } from '@cornerstonejs/core';
import vtkPolyData from '@kitware/vtk.js/Common/DataModel/PolyData';
import vtkTubeFilter from '@kitware/vtk.js/Filters/General/TubeFilter';
import vtkSphereSource from '@kitware/vtk.js/Filters/Sources/SphereSource';
import vtkActor from '@kitware/vtk.js/Rendering/Core/Actor';
import vtkMapper from '@kitware/vtk.js/Rendering/Core/Mapper';
import type { Point, Shape, ShapeRole, Vec3 } from '../../src/geometry/index.ts';
import { isLps } from '../../src/geometry/index.ts';

export interface ShownItem {
  readonly id: string;
  readonly shapes: readonly Shape[];
  readonly colour: string;
}

/** Solid bodies of an item's shapes, occluded by the volume and by each other: lines as tubes of the given radius, ellipsoids as they are. */
export function solidsOf(item: ShownItem, tubeMm: number): Types.ActorEntry[] {
  const colour = parseColour(item.colour);
  return item.shapes.flatMap((shape, at) => {
    const actor = solid(shape, tubeMm);
    if (!actor) return [];
    const property = actor.getProperty();
    property.setColor(colour[0], colour[1], colour[2]);
    if (shape.type === 'ellipsoid') property.setOpacity(bodyOpacity(shape.role));
    property.setAmbient(0.3);
    property.setDiffuse(0.8);
    return [{ uid: `mark-${item.id}-${at}`, actor }];
  });
}

function solid(shape: Shape, tubeMm: number): vtkActor | null {
  switch (shape.type) {
    case 'polyline':
      return tube(shape.closed && shape.points[0] ? [...shape.points, shape.points[0]] : shape.points, tubeMm);
    case 'arrow':
      return tube([shape.from, shape.to], tubeMm);
    case 'point':
      return isLps(shape.at) ? ball(shape.at, [tubeMm * 2, tubeMm * 2, tubeMm * 2], unitAxes) : null;
    case 'ellipsoid':
      return ball(shape.centre, shape.semiAxes, shape.axes);
    case 'label':
      return null;
  }
}

const unitAxes: readonly [Vec3, Vec3, Vec3] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

/** A zone is looked through, what it should cover is not. */
function bodyOpacity(role: ShapeRole): number {
  return role === 'target' ? 0.85 : role === 'margin' ? 0.25 : 0.45;
}

function tube(points: readonly Point[], radius: number): vtkActor | null {
  const inPatient = points.filter(isLps);
  if (inPatient.length < 2 || inPatient.length !== points.length) return null;
  const data = vtkPolyData.newInstance();
  data.getPoints().setData(Float32Array.from(inPatient.flatMap((point) => [...point])), 3);
  data.getLines().setData(Uint32Array.from([inPatient.length, ...inPatient.keys()]));
  const filter = vtkTubeFilter.newInstance({ radius, numberOfSides: 10, capping: true });
  filter.setInputData(data);
  const mapper = vtkMapper.newInstance();
  mapper.setInputConnection(filter.getOutputPort());
  const actor = vtkActor.newInstance();
  actor.setMapper(mapper);
  return actor;
}

function ball(centre: Vec3, semiAxes: Vec3, axes: readonly [Vec3, Vec3, Vec3]): vtkActor {
  const source = vtkSphereSource.newInstance({ radius: 1, thetaResolution: 32, phiResolution: 24 });
  const mapper = vtkMapper.newInstance();
  mapper.setInputConnection(source.getOutputPort());
  const actor = vtkActor.newInstance();
  actor.setMapper(mapper);
  const column = (i: 0 | 1 | 2): [number, number, number, number] => [
    axes[i][0] * semiAxes[i],
    axes[i][1] * semiAxes[i],
    axes[i][2] * semiAxes[i],
    0,
  ];
  const [a, b, c] = [column(0), column(1), column(2)];
  actor.setUserMatrix([...a, ...b, ...c, centre[0], centre[1], centre[2], 1]);
  return actor;
}

/** Any CSS colour to 0..1; white where it is none. */
export function parseColour(css: string): readonly [number, number, number] {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return [1, 1, 1];
  context.fillStyle = '#fff';
  context.fillStyle = css;
  context.fillRect(0, 0, 1, 1);
  const [r = 255, g = 255, b = 255] = context.getImageData(0, 0, 1, 1).data;
  return [r / 255, g / 255, b / 255];
}
