import { Component, type ReactNode } from 'react';
import { say } from '../i18n/index.ts';
import { StatusPage } from './StatusPage.tsx';

/** A mistake of ours in one page leaves the rest standing: says so, and offers to draw it again. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };
  static getDerivedStateFromError() {
    return { failed: true };
  }
  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <StatusPage title={say('page.broken')} text={say('page.brokenText')}>
        <button type="button" className="link" onClick={() => this.setState({ failed: false })}>
          {say('retry')}
        </button>
        <button type="button" className="link" onClick={() => window.location.reload()}>
          {say('page.reload')}
        </button>
      </StatusPage>
    );
  }
}
