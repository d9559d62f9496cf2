import { render } from 'preact';
import { App } from './components/app.tsx';
import { applyTheme } from './state/theme.ts';

// Before anything is drawn, so that it never flashes in the other theme.
applyTheme();
const root = document.getElementById('root');
if (root) render(<App />, root);
