// What stands around the pictures: browser, plan, patient, tools, footer, messages.
export { ContextMenu } from './ContextMenu.tsx';
export { Footer } from './Footer.tsx';
export { JobBar } from './JobBar.tsx';
export { MenuLine } from './MenuLine.tsx';
export { Messages } from './Messages.tsx';
export { PatientStrip } from './PatientStrip.tsx';
export { PlanPanel } from './PlanPanel.tsx';
export { SeriesPanel } from './SeriesPanel.tsx';
export { Toolbar } from './Toolbar.tsx';
