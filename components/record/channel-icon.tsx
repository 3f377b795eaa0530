import { CalendarDays, CheckSquare, Mail, MessageSquare, Phone, StickyNote } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';

const icons: Record<string, LucideIcon> = {
  email: Mail,
  call: Phone,
  meeting: CalendarDays,
  note: StickyNote,
  task: CheckSquare,
};

/** Decoration beside the channel's name. */
export function ChannelIcon({ channel }: { channel: string }) {
  const Icon = icons[channel] ?? MessageSquare;
  return <Icon aria-hidden className="size-4 shrink-0" />;
}
