import { render } from 'preact';
import { App } from './app.js';
import { Connection } from './connection.js';

const user = new URLSearchParams(location.search).get('user') ?? '';
render(<App connection={new Connection(user)} />, document.body);
