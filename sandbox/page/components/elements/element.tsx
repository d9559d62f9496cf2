import { readString } from '../../text/read-json.ts';
import { ImageBox } from '../blocks/image.tsx';
import { Button } from './button.tsx';
import { Choices } from './choices.tsx';
import { DateInput } from './date-input.tsx';
import type { ElementProps } from './describe.ts';
import { ExternalSelect } from './external-select.tsx';
import { MultiSelect } from './multi-select.tsx';
import { Overflow } from './overflow.tsx';
import { Select } from './select.tsx';
import { TextInput } from './text-input.tsx';

/** Any block element, by its type. */
export function Element(props: ElementProps) {
  const { element } = props.spot;
  const type = readString(element['type']);
  switch (type) {
    case 'button':
    case 'workflow_button':
    case 'icon_button':
      return <Button spot={props.spot} />;
    case 'overflow':
      return <Overflow spot={props.spot} />;
    case 'image':
      return <ImageBox image={element} class="image-accessory" />;
    case 'checkboxes':
    case 'radio_buttons':
      return <Choices {...props} />;
    case 'datepicker':
    case 'timepicker':
    case 'datetimepicker':
      return <DateInput {...props} />;
    case 'plain_text_input':
    case 'number_input':
    case 'email_text_input':
    case 'url_text_input':
      return <TextInput {...props} />;
    case 'external_select':
      return <ExternalSelect {...props} />;
    case 'static_select':
    case 'users_select':
    case 'channels_select':
    case 'conversations_select':
      return <Select {...props} />;
    case 'multi_static_select':
    case 'multi_users_select':
    case 'multi_channels_select':
    case 'multi_conversations_select':
    case 'multi_external_select':
      return <MultiSelect {...props} />;
    default:
      return <span class="unsupported">The sandbox cannot show a {type || 'nameless'} element.</span>;
  }
}
